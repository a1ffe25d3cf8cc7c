import type { Messages } from '../messages.js';

export const errors: Messages['errors'] = {
  USAGE_INVALID: '{problem}[；请看 {help}]',
  CONFIG_INVALID: '{problem}',
  BATCH_UNKNOWN: '没有批次[ {batch}]；用 `yika batch list` 查看全部批次',
  PAYMENT_FILE_UNKNOWN: '没有报盘文件[ {file}]；用 `yika file list` 查看全部文件',
  FORMAT_UNKNOWN: '没有银行格式[ {format}]；用 `yika format list` 查看全部格式',
  PROGRAMME_UNKNOWN: '任何目录中都没有项目[ {programme}]；用 `yika catalogue list` 查看目录',
  CARDHOLDER_NOT_FOUND: '持卡人员基础信息库中没有此证件号码[（{id}）]；请核对号码，或导入较新的基础库',
  DATA_FOLDER_UNUSABLE: '数据文件夹[ {folder}]无法使用：{reason}',

  PROGRAMME_NOT_IN_CATALOGUE:
    '项目[ {programme}]不在[ {period} ]有效的项目目录清单中，不予发放；请用 `yika catalogue publish` 发布含该项目的目录，或更正 --programme 和 --period',
  BASE_EMPTY: '持卡人员基础信息库为空；请先用 `yika cardholder import 文件` 导入',
  REGION_REFUSED: '该项目不在地区[ {region}]发放；请更正 --region 或目录',
  CONTROL_TOTAL_MISMATCH:
    '控制总数不符[：{what}，应为 {expected}，实为 {actual}]；请向主管部门核实，再以正确的文件和总数重新导入',
  BATCH_STATE_REFUSED:
    '批次[ {batch}]的状态是{state}，`{step}` 只适用于以下状态：{allowed}；用 `yika batch show` 查看经过',
  BATCH_EMPTY: '批次[ {batch}]没有可发放的行；请看 `yika batch findings`，更正花名册后重新导入',
  BATCH_OUTSTANDING: '批次[ {batch}]仍有未回盘的支付[：{outstanding} 笔]；请导入缺少的回盘文件后重新对账',
  NOTHING_TO_REISSUE: '批次[ {batch}]没有尚未重新发放的失败支付；无需处理',
  FOLLOWS_REFUSED: '不能以批次[ {batch}]为原批次：{problem}',
  APPROVER_IS_SUBMITTER: '批次[ {batch}]的送审人不能审批；须由另一人以本人名义（--actor）审批',
  DIGEST_CHANGED: '批次[ {batch}]的支付与送审时不同；未作任何处理。请退回批次，查明原因后重新送审',
  CONFIRMATION_MISSING: '未发放任何资金：发放须再次写明相同的批次号以确认；请加上 --confirm {batches}',
  PAYMENT_FILE_REFUSED: '报盘文件[ {file}]被拒绝：{problem}',
  PAYMENT_FILE_CHANGED:
    '报盘文件[ {file}]与系统写出的不一致[：{problem}]，请勿发送；`yika verify --files` 可核对全部文件',
  BANK_WITHOUT_FORMAT:
    '银行[ {bank}]没有配置报盘格式；请在 yika.yaml 的 `banks:` 下添加（`yika format list` 列出全部格式）',
  PAYMENT_UNENCODABLE:
    '有一笔支付[ {reference}]无法写入开户银行的格式[，字段 {field}]：{problem}；请剔除或更正该行后重新导入',
  PAID_TWICE_REFUSED:
    '数据库拒绝此批次：其中有人已在同一项目、同一周期的另一有效批次中；请重新导入花名册，相关行会列为问题',
  DATABASE_TOO_NEW: '本版本不能使用此数据库：{reason}',

  FILE_NOT_FOUND: '没有文件[ {file}]；请检查文件名和文件夹',
  FILE_UNREADABLE: '文件[ {file}]无法读取：{reason}',
  FILE_EMPTY: '文件[ {file}]没有数据行；请检查是否完整导出',
  ENCODING_INVALID:
    '文件[ {file}]不是 UTF-8 或 GB18030 文本[，而是 {found}]；请另存为 UTF-8 或 GB18030 的 CSV，或存为 XLSX',
  HEADER_INVALID: '[{file}：]没有找到表头：{problem}；前几行中必须有列名',
  COLUMN_MISSING: '缺少必需的列：{columns}；请补上，或改用规定的列名[（可用的列名：{names}）]',
  COLUMN_REPEATED: '有多列都是 {column}[：{cells}]；请只保留一列',
  XLSX_INVALID: '[{file}：]工作簿无法使用：{problem}',
  GZIP_INVALID: '[{file}：]gzip 文件无法解压：{problem}',
  CATALOGUE_INVALID: '{problem}[（另有 {more} 处）]；未发布。请更正目录后重新发布',
  FORMAT_INVALID: '{problem}[（另有 {more} 处）]；用 `yika format check` 查看全部',
  RETURN_FILE_UNKNOWN:
    '回盘文件[ {file}]不对应本系统的任何报盘文件[，也不符合在用的任何格式：{readAs}]；请确认它是回盘文件，写明 --bank，或查看报盘文件是否由本系统写出（`yika file list`）',
  RETURN_FILE_INVALID: '回盘文件[ {file} ]无法使用：{problem}；未采用其中任何内容。请向银行索取正确的文件',

  ROSTER_ALREADY_IMPORTED: '此文件以前已导入，即批次[ {batch}]；未作任何处理',
  RETURN_ALREADY_IMPORTED: '此文件以前已导入[：{file}]；未作任何处理',

  DATABASE_UNAVAILABLE: '{reason}',
  DATABASE_BUSY: '数据库正被另一命令占用；未作任何处理。请待另一命令结束后重试',
  EMBEDDED_UNAVAILABLE: '内置数据库无法运行：{reason}',
  OUTPUT_UNAVAILABLE: '无法写出[ {path}][ {file}][：{reason}][：{problem}]；请排除后重新运行',

  INTERRUPTED: '已中断；未完成的部分视同没有开始。请重新运行',
  TERMINATED: '被外部终止；未完成的部分视同没有开始。请重新运行',
  INTERNAL: '系统自身出错[（{fault}）]；没有留下半途的结果。请加 --verbose 重新运行，并报告所显示的内容',
};

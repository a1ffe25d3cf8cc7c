// What the compiled path of a roster asks TypeScript, seldom or once: see KernelImports of kernel/kernel.ts.

export declare function fundingRuleOf(region: i32): i32;
export declare function detailOf(code: i32, fen: f64, value: i32): i32;
export declare function nameProblemOf(bank: i32, from: usize, to: usize): i32;
export declare function amountProblemOf(from: usize, to: usize): i32;

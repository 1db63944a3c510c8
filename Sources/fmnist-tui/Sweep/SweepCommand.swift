import ArgumentParser

/// `fmnist-tui sweep`: trains every combination of some settings, here or on a cluster.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train every combination of lists of settings, and map what comes out.",
    discussion: """
      Every option of a run takes a list: a comma separates values, '...' continues as the numbers before it \
      (0,0.1,...,0.7). Options with one value hold for all runs. So, unlike elsewhere, \
      layers of one network are joined otherwise: --hidden 64,256x256 are two \
      networks, the second of two hidden layers, and --dropout 0.2/0.5 gives each its own probability. \
      Flags and everything else can be listed with --over.

      Each combination is a cell, trained with --seeds seeds. The runs have one thread each, --threads at a time, \
      and are measured after their last epoch. Every result is kept at once: --resume goes on after any end, with \
      what is missing.

      Without a subcommand it trains here; 'fmnist-tui sweep run --help' lists every option. On a cluster with Slurm add \
      --on slurm. Under any other launcher, 'plan' a sweep and start 'worker' as often as you like, also at the same time \
      on machines that share the folder; 'merge' writes the results.

      EXAMPLES:
        fmnist-tui sweep --dropout 0,0.1,...,0.7 --train-size 1000,10000,60000 --seeds 3 --steps 2350
        fmnist-tui sweep --hidden 64,256,1024 --dropout 0,0.5
        fmnist-tui sweep --over batch-norm=false,true --lr 0.1,0.5 --epochs 5
        fmnist-tui sweep --resume latest
        fmnist-tui sweep --hidden 64,256,1024 --seeds 100 --on slurm --tasks 20 --time 01:00:00
        fmnist-tui sweep open latest

      'fmnist-tui --help' lists the exit status.
      """,
    subcommands: [
      SweepRunCommand.self, SweepPlanCommand.self, SweepWorkerCommand.self, SweepStatusCommand.self,
      SweepOpenCommand.self, SweepMergeCommand.self, SweepSubmitCommand.self, SweepCancelCommand.self,
    ], defaultSubcommand: SweepRunCommand.self)
}

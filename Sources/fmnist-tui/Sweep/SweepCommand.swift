import ArgumentParser
import Messages

/// `fmnist-tui sweep`: trains every combination of some settings, here or on a cluster.
struct SweepCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "sweep",
      abstract: says(
        "Train every combination of lists of settings, and map what comes out.", "训练若干设置的所有组合，并把结果画成地图。"),
      discussion: says(
        """
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
        """
        运行的每个选项都可用列表：逗号分隔各个值，'...' 按前面的数继续（0,0.1,...,0.7）。只有一个值的选项对所有运行有效。所以与别处不同，同一网络的各层用别的符号连接：--hidden 64,256x256 是两个网络，第二个有两个隐藏层；--dropout 0.2/0.5 给每层各自的概率。开关和其他一切可用 --over 列出。

        每个组合是一格，用 --seeds 个种子训练。每个运行一个线程，同时训练 --threads 个，在最后一轮之后测量。每个结果立即保存：无论怎样结束，--resume 都从所缺的继续。

        不带子命令时在这里训练；'fmnist-tui sweep run --help' 列出所有选项。在有 Slurm 的集群上加 --on slurm。用其他启动程序时，先 'plan' 一个扫描，再随意多次启动 'worker'，也可同时在共用这个文件夹的多台机器上；'merge' 写出结果。

        示例：
          fmnist-tui sweep --dropout 0,0.1,...,0.7 --train-size 1000,10000 --seeds 3
          fmnist-tui sweep --hidden 64,256,1024 --dropout 0,0.5
          fmnist-tui sweep --over batch-norm=false,true --lr 0.1,0.5 --epochs 5
          fmnist-tui sweep --resume latest
          fmnist-tui sweep --hidden 64,256,1024 --seeds 100 --on slurm --tasks 20
          fmnist-tui sweep open latest

        'fmnist-tui --help' 列出退出状态。
        """),
      subcommands: [
        SweepRunCommand.self, SweepPlanCommand.self, SweepWorkerCommand.self, SweepStatusCommand.self,
        SweepOpenCommand.self, SweepMergeCommand.self, SweepSubmitCommand.self, SweepCancelCommand.self,
      ], defaultSubcommand: SweepRunCommand.self)
  }

  @OptionGroup var language: LanguageOption
}

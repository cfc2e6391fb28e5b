using Zotify.Logging.Tests.Faults;

namespace Zotify.Logging.Tests.Support.Children;

/// <summary>
/// The program whose system calls fail: <see cref="FaultedRuns"/>. It prints acknowledged numbers. Between its two runs it prints
/// <see cref="Stopped"/> and waits for a line, so that the test can copy and damage the files; at its end it prints <see cref="Done"/>.
/// With the argument <see cref="AwaitsPruning"/> it waits for retention before it ends; with <see cref="IsPatient"/> it gives everything
/// time.
/// </summary>
internal sealed class FaultedProgram : IChild
{
    public const string Stopped = "stopped";
    public const string Done = "done";
    public const string AwaitsPruning = "awaits-pruning";
    public const string IsPatient = "is-patient";

    public async Task<int> RunAsync(string[] arguments)
    {
        // One write for each line, so that a line that was printed before a kill is whole.
        var workload = new FaultWorkload(Console.Out.WriteLine, Console.Error.WriteLine, arguments.Contains(IsPatient));
        await FaultedRuns.RunAsync(Environment.CurrentDirectory, workload, WaitAsync, _ => { }, awaitsPruning: arguments.Contains(AwaitsPruning));
        await Console.Out.WriteLineAsync(Done);
        return 0;
    }

    private static async Task<bool> WaitAsync()
    {
        await Console.Out.WriteLineAsync(Stopped);
        return await Console.In.ReadLineAsync() is not null;
    }
}

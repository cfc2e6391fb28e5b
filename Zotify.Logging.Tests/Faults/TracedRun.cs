using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Faults;

/// <summary>A run of <see cref="FaultedProgram"/> under strace, which ended by itself or by a fault.</summary>
/// <param name="ExitCode">Its exit code; above 128 where a signal ended it.</param>
/// <param name="IsDone">Whether it ran to its end.</param>
/// <param name="Acknowledged">The acknowledged numbers.</param>
/// <param name="Error">Its stderr.</param>
/// <param name="Calls">The traced calls.</param>
internal sealed record TracedRun(int ExitCode, bool IsDone, Acknowledgements Acknowledged, string Error, IReadOnlyList<TracedCall> Calls)
{
    /// <summary>Runs it in the folder of a case.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="strace">The command line that traces a program.</param>
    /// <param name="arguments">Those of <see cref="FaultedProgram"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It did not end in time, and was ended.</exception>
    public static async Task<TracedRun> RunAsync(
        CaseFolder folder, string[] strace, string[] arguments, CancellationToken cancellationToken)
    {
        var (acknowledged, isDone) = (new Acknowledgements(), false);
        await using var program = ChildProcess.RunThrough<FaultedProgram>(strace, folder.Path, arguments);
        while (await program.TryReadLineAsync(cancellationToken) is { } line)
        {
            if (line == FaultedProgram.Stopped) await GoOnAsync(folder, program, cancellationToken);
            else if (line == FaultedProgram.Done) isDone = true;
            else acknowledged.Add(line);
        }

        var (exitCode, _, error) = await program.EndAsync(cancellationToken);
        return new TracedRun(exitCode, isDone, acknowledged, error, SystemCallTrace.Read(folder.Trace));
    }

    private static async Task GoOnAsync(CaseFolder folder, ChildProcess program, CancellationToken cancellationToken)
    {
        folder.KeepCopy();
        folder.Damage();
        await program.WriteLineAsync("go on", cancellationToken);
    }
}

namespace Zotify.Logging.Tests.Faults;

/// <summary>A system call as strace writes it.</summary>
/// <param name="Thread">The thread's id in the system.</param>
/// <param name="Name">The call.</param>
/// <param name="Arguments">Its arguments, with the path of each descriptor (<c>-y</c>).</param>
/// <param name="Before">The call that the thread made before, of those that were watched.</param>
internal sealed record TracedCall(int Thread, string Name, string Arguments, string? Before)
{
    /// <summary>The log directory's name.</summary>
    public const string Directory = "logs";

    /// <summary>Whether it was made to fail.</summary>
    public bool IsInjected { get; set; }

    /// <summary>Whether it returned. False where the process was killed in it.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether it works on a file of the log directory, or, where the name is empty, on the directory.</summary>
    public bool IsOn(string file)
    {
        var path = file.Length == 0 ? $"/{Directory}" : $"/{Directory}/{file}";
        return Arguments.Contains($"{path}>", StringComparison.Ordinal) || Arguments.Contains($"{path}\"", StringComparison.Ordinal);
    }
}

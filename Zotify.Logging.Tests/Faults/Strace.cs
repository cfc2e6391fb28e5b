using System.ComponentModel;
using System.Diagnostics;

namespace Zotify.Logging.Tests.Faults;

/// <summary>The program that makes system calls of another one fail.</summary>
internal static class Strace
{
    /// <summary>Why no fault can be injected; <see langword="null"/> where it can. Tried once.</summary>
    public static string? Missing { get; } = Try();

    /// <summary>The command line that runs a program.</summary>
    /// <param name="directory">The absolute log directory.</param>
    /// <param name="output">The file for the calls.</param>
    /// <param name="watched">The names of the calls.</param>
    /// <param name="files">The files of the directory.</param>
    /// <param name="injections">The faults.</param>
    /// <param name="kills">Whether one of them is a signal.</param>
    public static string[] Command(
        string directory,
        string output,
        IEnumerable<string> watched,
        IEnumerable<string> files,
        IEnumerable<string> injections,
        bool kills) =>
    [
        "strace", "-f", "-q", "-y", "-s", "0", "-o", output,
        // Far fewer stops, but a process that stops there does not receive a signal.
        .. kills ? [] : new[] { "--seccomp-bpf" },
        "-e", $"trace={string.Join(',', watched.Distinct().Select(call => $"?{call}"))}",
        .. injections.SelectMany(injection => new[] { "-e", $"inject={injection}" }),
        .. files.SelectMany(file => new[] { "-P", Path.TrimEndingDirectorySeparator(Path.Combine(directory, file)) }),
    ];

    private static string? Try()
    {
        try
        {
            string[] arguments = ["-f", "--seccomp-bpf", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"];
            using var process = Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"strace cannot trace here: {error.Trim()}";
        }
        catch (Win32Exception exception)
        {
            return $"strace is not installed: {exception.Message}";
        }
    }
}

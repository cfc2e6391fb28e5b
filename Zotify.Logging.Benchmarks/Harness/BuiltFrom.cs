using System.Diagnostics;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>The commits that programs were built from, as the compiler wrote them into the Provider's file.</summary>
internal static class BuiltFrom
{
    private const int Digits = 8;

    /// <summary>The commit of the Provider in a folder; a question mark where it was built outside of a repository.</summary>
    public static string Commit(string folder)
    {
        var version = FileVersionInfo.GetVersionInfo(Path.Combine(folder, "Zotify.Logging.Provider.dll")).ProductVersion ?? "";
        var commit = version.Split('+').ElementAtOrDefault(1) ?? "?";
        return commit[..Math.Min(commit.Length, Digits)];
    }
}

namespace Zotify.Logging.Tests.Queries.Audit.Verification;

/// <summary>The lines of an audit log before a change, by their numbers.</summary>
/// <param name="scene">The log.</param>
/// <param name="random">Chooses a line.</param>
internal sealed class SceneLines(AuditScene scene, Random random)
{
    public string[] Paths { get; } = scene.Files.Paths;

    /// <summary>The lines of each file.</summary>
    public List<string>[] Segments { get; } = [.. scene.Files.Paths.Select(path => File.ReadAllLines(path).ToList())];

    /// <summary>The number of the first line.</summary>
    public long First { get; } = scene.First;

    /// <summary>The number of the last line.</summary>
    public long Last { get; } = scene.Last;

    /// <summary>The number of a random line.</summary>
    public long AnyLine() => random.NextInt64(First, Last + 1);

    /// <summary>The file and the index of a line.</summary>
    public (int Segment, int At) Locate(long line)
    {
        var at = (int)(line - First);
        var segment = 0;
        while (at >= Segments[segment].Count) at -= Segments[segment++].Count;
        return (segment, at);
    }

    public string Line(long line) => Segments[Locate(line).Segment][Locate(line).At];

    /// <summary>Writes the changed lines to the files.</summary>
    public void Save()
    {
        for (var i = 0; i < Paths.Length; i++) File.WriteAllText(Paths[i], string.Concat(Segments[i].Select(line => line + "\n")));
    }
}

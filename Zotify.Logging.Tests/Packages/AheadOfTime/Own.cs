using System.ComponentModel.DataAnnotations;
using Zotify.Logging;
using Zotify.Logging.Handlers;

/// <summary>A handler with options of its own; it prints them with each record.</summary>
public sealed class OwnHandler : BaseLogHandler<OwnOptions>
{
    protected override ValueTask WriteAsync(IReadOnlyList<LogRecord> batch, CancellationToken cancellationToken)
    {
        var own = Options;
        foreach (var record in batch)
        {
            var lists = $"{string.Join('+', own.Channels)} {string.Join('+', own.Codes)} {own.Names["x"]}";
            Console.WriteLine($"{own.Prefix} {own.Pause} {own.Tone} {own.Most} {lists}: {record.Message}");
        }

        return default;
    }
}

public sealed class OwnOptions : LogHandlerOptions
{
    public string Prefix { get; set; } = "";

    public TimeSpan? Pause { get; set; }

    public Tone Tone { get; set; }

    [Range(1, 5)]
    public int Most { get; set; } = 1;

    public string[] Channels { get; set; } = [];

    public IList<int> Codes { get; } = [];

    public Dictionary<string, string> Names { get; } = [];

    public Deep? Deep { get; set; }
}

public sealed class Deep
{
    public int Level { get; set; }
}

public enum Tone
{
    Quiet,
    Loud,
}

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A provider that makes the text of each message, and nothing of it: what a snapshot of the message costs at least.</summary>
internal sealed class FormattingLogging : NullLogging
{
    public override string Name => "null provider that formats";

    protected override Action<string> Take => static _ => { };
}

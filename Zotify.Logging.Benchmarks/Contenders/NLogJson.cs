using NLog.Layouts;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>NLog into a file of JSON lines.</summary>
internal sealed class NLogJson : NLogFile
{
    public override string Name => "NLog, JSON";

    protected override Layout Lines => new JsonLayout
    {
        IncludeEventProperties = true,
        Attributes =
        {
            new JsonAttribute("timestamp", "${date:universalTime=true:format=o}"),
            new JsonAttribute("level", "${level}"),
            new JsonAttribute("category", "${logger}"),
            new JsonAttribute("message", "${message}"),
        },
    };
}

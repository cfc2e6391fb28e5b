using Zotify.Logging.Handlers;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>This project with the ring: it keeps the lines below the level of its system log in memory.</summary>
internal sealed class ZotifyRing : ZotifySystemLog
{
    public override string Name => "Zotify, ring";

    protected override void Configure(FileStreamHandlerOptions options) => options.Ring.Enabled = true;
}

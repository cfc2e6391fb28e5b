using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A provider that passes each message through a bounded channel to a reader that discards it.</summary>
internal sealed class ChannelLogging : NullLogging
{
    private readonly Channel<string> _channel = Channel.CreateBounded<string>(new BoundedChannelOptions(65_536) { SingleReader = true });

    public override string Name => "bounded channel";

    public override void Add(ILoggingBuilder builder, string folder)
    {
        base.Add(builder, folder);
        _ = Task.Run(ReadAsync);
    }

    protected override Action<string> Take => message =>
    {
        while (!_channel.Writer.TryWrite(message)) Thread.Yield();
    };

    private async Task ReadAsync()
    {
        while (await _channel.Reader.WaitToReadAsync())
        {
            while (_channel.Reader.TryRead(out _))
            {
            }
        }
    }
}

using Microsoft.Extensions.Logging;
using Zotify.Logging.Benchmarks.Contenders;

namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A provider that takes every call and does nothing: the cost of Microsoft.Extensions.Logging itself.</summary>
internal class NullLogging : Contender
{
    public override string Name => "null provider";

    public override Role Role => Role.Floor;

    public override string? FileName => null;

    public override void Add(ILoggingBuilder builder, string folder) => builder.AddProvider(new FloorProvider(Take));

    /// <summary>Takes the message; <see langword="null"/> if no message is rendered.</summary>
    protected virtual Action<string>? Take => null;
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>A provider behind the standard <see cref="ILoggerFactory"/>, set so that it loses nothing, which writes into a file.</summary>
internal abstract class Contender
{
    /// <summary>How tables name it.</summary>
    public abstract string Name { get; }

    /// <summary>What it is there for.</summary>
    public abstract Role Role { get; }

    /// <summary>The file that the lines end in, in the folder; <see langword="null"/> where it writes none.</summary>
    public virtual string? FileName => "app.log";

    /// <summary>Adds the provider.</summary>
    /// <param name="builder">The logging builder.</param>
    /// <param name="folder">Where it writes.</param>
    public abstract void Add(ILoggingBuilder builder, string folder);

    /// <summary>Returns when every line is in the file. Most providers tell by their end alone.</summary>
    public virtual ValueTask DrainAsync(ServiceProvider services) => services.DisposeAsync();

    /// <summary>The services of an application that logs through it alone. Disposing of them writes what is left.</summary>
    public ServiceProvider Start(string folder)
    {
        var services = new ServiceCollection().AddLogging(builder => Add(builder, folder)).BuildServiceProvider();
        _ = services.GetRequiredService<ILoggerFactory>();
        return services;
    }
}

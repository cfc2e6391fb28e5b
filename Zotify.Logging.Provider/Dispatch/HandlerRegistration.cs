using System.Diagnostics.CodeAnalysis;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Dispatch;

/// <summary>A handler that the application registered.</summary>
/// <param name="Name">The name, unique without case.</param>
/// <param name="HandlerType">The handler's type.</param>
/// <param name="Prepare">For a handler that each service has its own instance of. Returns the function that creates the handler. The
/// consumer calls that function, because the services of an application's handler may log themselves. The outer call resolves at once the
/// services that never log: a short program may dispose its container before the consumer has begun.</param>
internal sealed record HandlerRegistration(string Name, Type HandlerType, Func<IServiceProvider, Func<BaseLogHandler>>? Prepare = null)
{
    /// <summary>For a handler that all services of the process with the same log directory share: creates it.</summary>
    public Func<ISharedStage, BaseLogHandler>? Share { get; init; }

    /// <summary>Whether its records are in a journal that is flushed to the disk.</summary>
    public bool KeepsJournal { get; init; }

    /// <summary>Creates the handler's options with their defaults.</summary>
    [UnconditionalSuppressMessage(
        "Trimming", "IL2062:UnrecognizedReflectionPattern",
        Justification = "The argument of BaseLogHandler<TOptions> keeps its constructor: the parameter is annotated with it.")]
    public LogHandlerOptions CreateOptions()
    {
        for (var type = HandlerType; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(BaseLogHandler<>))
                return (LogHandlerOptions)Activator.CreateInstance(type.GenericTypeArguments[0])!;
        }

        return new LogHandlerOptions();
    }
}

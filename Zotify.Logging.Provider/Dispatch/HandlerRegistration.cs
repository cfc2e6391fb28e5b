namespace Zotify.Logging.Provider.Dispatch;

/// <summary>A handler that the application registered. It is made on its own reader, because its services may log themselves.</summary>
/// <param name="Name">The name, unique without case.</param>
/// <param name="HandlerType">The handler's type.</param>
/// <param name="Create">Makes the handler.</param>
internal sealed record HandlerRegistration(string Name, Type HandlerType, Func<IServiceProvider, BaseLogHandler> Create)
{
    /// <summary>Makes the handler's options with their defaults.</summary>
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

namespace Zotify.Logging.Capture;

/// <summary>Types whose values are what they are: no collection that could hold something else.</summary>
internal static class PlainTypes
{
    /// <summary>Whether a type's arguments are all plain, and it has some: so are then the values of a generic state.</summary>
    public static bool AreArgumentsOf(Type type) => type.IsGenericType && Array.TrueForAll(type.GenericTypeArguments, IsPlain);

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);
}

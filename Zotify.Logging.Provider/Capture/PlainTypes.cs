namespace Zotify.Logging.Capture;

/// <summary>Types whose values cannot contain other values, as a collection could.</summary>
internal static class PlainTypes
{
    /// <summary>Whether a type is generic and all its arguments are plain. Then all values of such a state are plain.</summary>
    public static bool AreArgumentsOf(Type type) => type.IsGenericType && Array.TrueForAll(type.GenericTypeArguments, IsPlain);

    /// <summary>The indexes of a type's generic arguments that are texts.</summary>
    public static int[] TextArgumentsOf(Type type)
    {
        var indexes = new List<int>();
        var arguments = type.GenericTypeArguments;
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i] == typeof(string)) indexes.Add(i);
        return [.. indexes];
    }

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
        || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly)
        || type == typeof(TimeSpan) || (Nullable.GetUnderlyingType(type) is { } underlying && IsPlain(underlying));
}

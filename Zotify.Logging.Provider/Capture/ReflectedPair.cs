using System.Diagnostics.CodeAnalysis;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Capture;

/// <summary>
/// Reads a pair of any type of value where no code can be made while the program runs: a program that was compiled ahead of time has a
/// generic method for no type but those that it was compiled for.
/// </summary>
internal static class ReflectedPair
{
    /// <summary>The pair.</summary>
    /// <param name="pair">A <see cref="KeyValuePair{TKey,TValue}"/> with a text for a key.</param>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicProperties, typeof(KeyValuePair<,>))]
    [UnconditionalSuppressMessage(
        "Trimming", "IL2075:UnrecognizedReflectionPattern",
        Justification = "The object is a KeyValuePair<,>, whose properties the attribute above keeps.")]
    public static Pair Read(object pair)
    {
        var type = pair.GetType();
        return new((string)type.GetProperty(nameof(Pair.Key))!.GetValue(pair)!, type.GetProperty(nameof(Pair.Value))!.GetValue(pair));
    }
}

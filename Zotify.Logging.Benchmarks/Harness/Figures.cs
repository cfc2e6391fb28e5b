namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>The result of one run of one contender: numbers by name, with the unit in the name.</summary>
internal sealed class Figures : Dictionary<string, double>;

namespace Zotify.Logging.Benchmarks.Harness;

/// <summary>What one run of one contender gave: numbers by name, with the unit in the name.</summary>
internal sealed class Figures : Dictionary<string, double>;

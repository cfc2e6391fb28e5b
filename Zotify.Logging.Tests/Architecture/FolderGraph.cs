using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>Which folder of a project uses which other, because its types name types there.</summary>
internal sealed class FolderGraph
{
    private FolderGraph(IReadOnlyDictionary<FolderArrow, string> arrows) => Arrows = arrows;

    /// <summary>The arrows, each with one pair of types that makes it.</summary>
    public IReadOnlyDictionary<FolderArrow, string> Arrows { get; }

    /// <summary>Reads the compiled assembly and its symbols, which are next to it.</summary>
    public static FolderGraph Of(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        var metadata = file.GetMetadataReader();
        var folders = new SourceFolders(metadata, pdb.GetMetadataReader(), assembly.GetName().Name!);
        var references = new TypeReferences(file, metadata);
        var arrows = new SortedDictionary<FolderArrow, string>();
        foreach (var type in metadata.TypeDefinitions)
        {
            if (folders.Of(type) is not { } from) continue;
            foreach (var other in references.Of(type))
            {
                if (folders.Of(other) is { } to && to != from)
                    arrows.TryAdd(new FolderArrow(from, to), $"{Name(metadata, type)} names {Name(metadata, other)}");
            }
        }

        return new FolderGraph(arrows);
    }

    /// <summary>
    /// The folders in an order in which arrows only point downwards; those that remain in a cycle are in <paramref name="cyclic"/>.
    /// </summary>
    public static IReadOnlyList<string> Layers(IEnumerable<FolderArrow> arrows, out IReadOnlySet<string> cyclic)
    {
        var left = arrows.ToHashSet();
        var folders = left.SelectMany(arrow => new[] { arrow.From, arrow.To }).ToHashSet();
        var ordered = new List<string>();
        while (folders.FirstOrDefault(folder => !left.Any(arrow => arrow.To == folder)) is { } top)
        {
            ordered.Add(top);
            folders.Remove(top);
            left.RemoveWhere(arrow => arrow.From == top);
        }

        cyclic = folders;
        return ordered;
    }

    /// <summary>Whether a folder depends on another, directly or through others.</summary>
    public static bool Reaches(IReadOnlySet<FolderArrow> arrows, string from, string to)
    {
        var reached = new HashSet<string>();
        var next = new Queue<string>([from]);
        while (next.TryDequeue(out var folder))
        {
            foreach (var arrow in arrows.Where(arrow => arrow.From == folder && reached.Add(arrow.To))) next.Enqueue(arrow.To);
        }

        return reached.Contains(to);
    }

    private static string Name(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } declaring ? $"{Name(metadata, declaring)}.{name}" : name;
    }
}

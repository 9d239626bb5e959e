using System.Reflection;
using System.Text;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Library;

/// <summary>The packs that come with the harness.</summary>
public static class PackLibrary
{
    private const string Ending = ".pack.yaml";

    private static readonly Lazy<IReadOnlyList<TestPack>> Packs = new(LoadAll);

    /// <summary>All built-in packs, by name.</summary>
    public static IReadOnlyList<TestPack> List => Packs.Value;

    /// <summary>Finds a built-in pack.</summary>
    /// <returns>The pack, or null when none has that name.</returns>
    public static TestPack? Find(string name) => List.FirstOrDefault(pack => pack.Name == name);

    /// <summary>The text of a built-in pack as it is written, without the packs that it includes.</summary>
    /// <returns>The text, or null when none has that name.</returns>
    public static string? FindText(string name)
    {
        Assembly assembly = typeof(PackLibrary).Assembly;
        string resource = ResourceOf(name);
        return assembly.GetManifestResourceNames().Contains(resource) ? Read(assembly, resource) : null;
    }

    private static IReadOnlyList<TestPack> LoadAll()
    {
        Assembly assembly = typeof(PackLibrary).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
            .Select(name => Load(assembly, name)).OrderBy(pack => pack.Name, StringComparer.Ordinal)];
    }

    private static TestPack Load(Assembly assembly, string name)
    {
        PackBundle bundle = new(Read(assembly, name), name);
        while (bundle.Wanted() is { } wanted)
        {
            bundle.Add(wanted, FindText(wanted));
        }

        return PackLoader.Load(bundle.Text, name);
    }

    private static string ResourceOf(string name) => $"{name}{Ending}";

    private static string Read(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(name)
            ?? throw new System.Diagnostics.UnreachableException($"the resource {name} was listed");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

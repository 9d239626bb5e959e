using System.Reflection;
using System.Text;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Library;

/// <summary>The packs that come with the harness.</summary>
public static class PackLibrary
{
    private const string Ending = ".pack.yaml";

    private static readonly Assembly Holder = typeof(PackLibrary).Assembly;

    // Reading a pack takes longer than starting a process: a command that names one pack reads that one.
    private static readonly SortedDictionary<string, Lazy<TestPack>> Packs = new(
        Holder.GetManifestResourceNames()
            .Where(resource => resource.EndsWith(Ending, StringComparison.Ordinal))
            .Select(resource => resource[..^Ending.Length])
            .ToDictionary(name => name, name => new Lazy<TestPack>(() => Load(name)), StringComparer.Ordinal),
        StringComparer.Ordinal);

    /// <summary>The names of all built-in packs, in order. None is read for it.</summary>
    public static IReadOnlyCollection<string> Names => Packs.Keys;

    /// <summary>All built-in packs, by name.</summary>
    public static IReadOnlyList<TestPack> List => [.. Packs.Values.Select(pack => pack.Value)];

    /// <summary>Finds a built-in pack. Its file has its name.</summary>
    /// <returns>The pack, or null when none has that name.</returns>
    public static TestPack? Find(string name) => Packs.TryGetValue(name, out Lazy<TestPack>? pack) ? pack.Value : null;

    /// <summary>The name of a built-in pack's form for devices of a type: the pack <c>name-type</c>, or the pack itself where its first
    /// role is of that type.</summary>
    /// <param name="name">The pack.</param>
    /// <param name="deviceType">The DUIS device type, in any case.</param>
    /// <returns>The name, or null when the pack has no such form.</returns>
    public static string? FormFor(string name, string deviceType)
    {
        ArgumentNullException.ThrowIfNull(deviceType);
        string form = $"{name}-{deviceType.ToLowerInvariant()}";
        return Packs.ContainsKey(form) ? form
            : Find(name)?.Needs is [var first, ..] && first.DeviceType.Equals(deviceType, StringComparison.OrdinalIgnoreCase) ? name
            : null;
    }

    /// <summary>The text of a built-in pack as it is written, without the packs that it includes.</summary>
    /// <returns>The text, or null when none has that name.</returns>
    public static string? FindText(string name) => Packs.ContainsKey(name) ? Read(name) : null;

    private static TestPack Load(string name)
    {
        string file = name + Ending;
        PackBundle bundle = new(Read(name), file);
        while (bundle.Wanted() is { } wanted)
        {
            bundle.Add(wanted, FindText(wanted));
        }

        return PackLoader.Load(bundle.Text, file);
    }

    private static string Read(string name)
    {
        using Stream stream = Holder.GetManifestResourceStream(name + Ending)
            ?? throw new System.Diagnostics.UnreachableException($"the resource of {name} was listed");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

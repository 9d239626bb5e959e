using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Cli.Commands;

/// <summary>A pack that the command line names: a built-in one, or a file.</summary>
/// <param name="Name">The name of the built-in pack, or the file's name without its folder.</param>
/// <param name="Text">The file's text, with the firmware files and packs that it names and the values that were given; empty for a built-in
/// pack to which none were.</param>
/// <param name="Reading">What came of reading it.</param>
internal sealed record PackFile(string Name, string Text, PackReading Reading)
{
    /// <summary>Finds and reads a pack, with the packs that it includes.</summary>
    /// <param name="pack">A built-in name, or a file.</param>
    /// <param name="parameters">The values that were given for its parameters, by name.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CommandException">There is no such pack or file.</exception>
    public static async Task<PackFile> ReadAsync(
        string pack, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        if (PackBundle.IsPath(pack))
        {
            return await ReadFileAsync(pack, parameters, cancellationToken).ConfigureAwait(false);
        }

        TestPack found = PackLibrary.Find(pack) ?? throw new CommandException(
            ExitCode.Usage, $"no built-in pack '{pack}'; 'harness packs' lists them, a pack of your own ends in .yaml");
        if (parameters.Count == 0)
        {
            return new PackFile(pack, string.Empty, new PackReading(found, []));
        }

        PackBundle bundle = new(found.Text, pack);
        bundle.Give(parameters);
        return new PackFile(pack, bundle.Text, PackLoader.Check(bundle.Text, pack));
    }

    private static async Task<PackFile> ReadFileAsync(
        string pack, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        if (!File.Exists(pack))
        {
            throw new CommandException(ExitCode.Usage, $"no pack file {pack}; 'harness packs' lists the built-in ones");
        }

        string folder = Path.GetDirectoryName(pack) ?? string.Empty;
        PackBundle bundle = new(await ReadTextAsync(pack, cancellationToken).ConfigureAwait(false), pack);
        while (bundle.Wanted() is { } wanted)
        {
            string path = Path.Combine(folder, wanted);
            bundle.Add(wanted, !PackBundle.IsPath(wanted) ? PackLibrary.FindText(wanted)
                : File.Exists(path) ? await ReadTextAsync(path, cancellationToken).ConfigureAwait(false)
                : null);
        }

        bundle.Give(parameters);
        return new PackFile(Path.GetFileName(pack), bundle.Text, PackLoader.Check(bundle.Text, pack));
    }

    private static async Task<string> ReadTextAsync(string file, CancellationToken cancellationToken) =>
        FirmwareReferences.Inline(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false), file);

    /// <summary>The pack, when nothing is wrong with it.</summary>
    /// <exception cref="CommandException">Something is wrong: the message lists everything.</exception>
    public TestPack Require() => Reading.Pack ?? throw new CommandException(
        ExitCode.Usage, $"the pack is not valid:\n{string.Join('\n', Reading.Faults.Select(Describe))}");

    /// <summary>One fault on one line, as editors and terminals link it.</summary>
    public static string Describe(ConfigurationException fault) => $"{fault.Message} [{fault.Code}]";
}

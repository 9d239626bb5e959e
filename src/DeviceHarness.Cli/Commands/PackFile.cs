using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Cli.Commands;

/// <summary>A pack that the command line names: a built-in one, or a file.</summary>
/// <param name="Name">The name of the built-in pack, or the file's name without its folder.</param>
/// <param name="Text">The file's text, with the firmware files that it names; empty for a built-in pack.</param>
/// <param name="Reading">What came of reading it.</param>
internal sealed record PackFile(string Name, string Text, PackReading Reading)
{
    /// <summary>Finds and reads a pack.</summary>
    /// <exception cref="CommandException">There is no such pack or file.</exception>
    public static async Task<PackFile> ReadAsync(string pack, CancellationToken cancellationToken)
    {
        bool isFile = pack.EndsWith(".yaml", StringComparison.Ordinal)
            || pack.EndsWith(".yml", StringComparison.Ordinal)
            || pack.Contains('/', StringComparison.Ordinal);
        if (!isFile)
        {
            TestPack found = PackLibrary.Find(pack) ?? throw new CommandException(
                ExitCode.Usage, $"no built-in pack '{pack}'; 'harness packs' lists them, a pack of your own ends in .yaml");
            return new PackFile(pack, string.Empty, new PackReading(found, []));
        }

        if (!File.Exists(pack))
        {
            throw new CommandException(ExitCode.Usage, $"no pack file {pack}; 'harness packs' lists the built-in ones");
        }

        string text = FirmwareReferences.Inline(await File.ReadAllTextAsync(pack, cancellationToken).ConfigureAwait(false), pack);
        return new PackFile(Path.GetFileName(pack), text, PackLoader.Check(text, pack));
    }

    /// <summary>The pack, when nothing is wrong with it.</summary>
    /// <exception cref="CommandException">Something is wrong: the message lists everything.</exception>
    public TestPack Require() => Reading.Pack ?? throw new CommandException(
        ExitCode.Usage, $"the pack is not valid:\n{string.Join('\n', Reading.Faults.Select(Describe))}");

    /// <summary>One fault on one line, as editors and terminals link it.</summary>
    public static string Describe(ConfigurationException fault) => $"{fault.Message} [{fault.Code}]";
}

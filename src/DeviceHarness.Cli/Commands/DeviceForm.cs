using System.CommandLine;
using DeviceHarness.Packs.Library;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>--device</c>: the form of a built-in pack for another type of device, and the rig file that has one.</summary>
internal sealed class DeviceForm
{
    private static readonly Dictionary<string, string> Rigs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["gsme"] = "rigs/han/rig.yaml",
        ["ppmid"] = "rigs/home/rig.yaml",
        ["hub"] = "rigs/han-hub/rig.yaml",
    };

    private readonly Option<string?> _device = new("--device")
    {
        Description = "A type of device, such as gsme: run the built-in pack's form for it; without --rig-config a virtual bench or a plan "
            + $"then has {string.Join(", ", Rigs.Values)}",
        HelpName = "type",
    };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_device);

    /// <summary>The pack that is meant.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="pack">The pack that it names.</param>
    /// <exception cref="CommandException">The pack has no form for the type.</exception>
    public string PackOf(ParseResult parsed, string pack) => parsed.GetValue(_device) is not { } type ? pack
        : PackLibrary.FormFor(pack, type) ?? throw new CommandException(
            ExitCode.Usage,
            $"--device: the pack {pack} has no form for '{type}'; built-in packs for it are "
            + $"{Text(PackLibrary.Names.Where(name => name.EndsWith($"-{type}", StringComparison.OrdinalIgnoreCase)))}");

    /// <summary>The rig file of a bench that the command brings.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="rigConfig">The option that names one.</param>
    public string RigConfigOf(ParseResult parsed, Option<string> rigConfig) =>
        parsed.GetValue(_device) is { } type && Rigs.TryGetValue(type, out string? rig)
            && parsed.GetResult(rigConfig) is null or { Implicit: true }
            ? rig
            : parsed.GetRequiredValue(rigConfig);

    private static string Text(IEnumerable<string> names) => string.Join(", ", names.DefaultIfEmpty("none"));
}

using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>Reads the YAML file of a virtual GPF; a key that it does not know is an error.</summary>
public static class GpfModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "gpf";

    /// <summary>Each defect by its name.</summary>
    public static IReadOnlyDictionary<string, GpfDefects> DefectNames { get; } = new Dictionary<string, GpfDefects>
    {
        ["mirror-stale"] = GpfDefects.MirrorStale,
        ["answers-differ"] = GpfDefects.AnswersDiffer,
        ["gas-log-differs"] = GpfDefects.LogDiffers,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static GpfModel Read(ConfigurationNode root)
    {
        GpfModel model = new()
        {
            Identity = HanModelIdentity.Read(root, Kind, out ConfigurationNode identity),
            GasMeter = EsmeModelReader.ReadAscii(root.Require("gas-meter"), 1, 32),
            Defects = (root.Find("defects")?.Items() ?? []).Aggregate(
                GpfDefects.None, (planted, item) => planted | item.AsOneOf(DefectNames)),
        };
        identity.RejectOtherKeys();
        root.RejectOtherKeys();
        return model;
    }
}

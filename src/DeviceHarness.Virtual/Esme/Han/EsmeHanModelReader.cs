using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>Reads the YAML file of the Smart Energy side of a virtual ESME; a key that it does not know is an error.</summary>
public static class EsmeHanModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "esme-han";

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static EsmeHanModel Read(ConfigurationNode root)
    {
        HanModelIdentity said = HanModelIdentity.Read(root, Kind, out ConfigurationNode identity);
        ConfigurationNode meter = root.Require("meter");
        string path = Path.Combine(Path.GetDirectoryName(root.File) ?? string.Empty, meter.AsText());
        EsmeHanModel model = new()
        {
            Identity = said,
            Meter = File.Exists(path)
                ? EsmeModelReader.ReadFile(path)
                : throw meter.Wrong($"'{meter.AsText()}'", "the model file of an electricity meter, beside this file"),
        };
        identity.RejectOtherKeys();
        root.RejectOtherKeys();
        return model;
    }
}

using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Virtual.Ppmid;

/// <summary>Reads the YAML file of a virtual PPMID; a key that it does not know is an error.</summary>
public static class PpmidModelReader
{
    /// <summary>The kind that the file must name.</summary>
    public const string Kind = "ppmid";

    /// <summary>Reads the root of a file.</summary>
    /// <param name="root">The file's mapping.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">The file is wrong; file, line, column and key say where.</exception>
    public static PpmidModel Read(ConfigurationNode root)
    {
        PpmidModel model = new()
        {
            Identity = HanModelIdentity.Read(root, Kind, out ConfigurationNode identity),
        };
        model = model with
        {
            MeterEndpoint = (byte)(root.Find("meter-endpoint")?.AsInteger(1, 240) ?? model.MeterEndpoint),
            Refresh = root.Find("refresh")?.AsDuration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? model.Refresh,
        };
        identity.RejectOtherKeys();
        root.RejectOtherKeys();
        return model;
    }
}

using System.Text.Json;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.ZigBee.Hub;

/// <summary>The memory of a virtual hub that lasts without power.</summary>
internal sealed class HubMemory(IMeterFlash flash)
{
    private const string RecordName = "han-hub";

    /// <summary>What was kept; null when nothing ever was.</summary>
    /// <exception cref="IOException">The flash cannot be read, or holds something else.</exception>
    public HanHubRecord? Read() => flash.Read(RecordName) is { } octets
        ? JsonSerializer.Deserialize(octets, FlashJson.Default.HanHubRecord) ?? throw new IOException($"the record {RecordName} is empty")
        : null;

    /// <summary>Keeps all.</summary>
    /// <exception cref="IOException">The flash cannot be written.</exception>
    public void Keep(EzspKey networkKey, IReadOnlyDictionary<ulong, ushort> addresses, HubKeys keys)
    {
        HanHubRecord record = new()
        {
            NetworkKey = Convert.ToHexString(networkKey.ToArray()),
            Nodes =
            [
                .. addresses.Select(node => new HanHubNodeRecord(
                    node.Key, node.Value, keys.Of(node.Key)?.LinkKey is { } key ? Convert.ToHexString(key.Reveal()) : string.Empty)),
            ],
        };
        flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.HanHubRecord));
    }
}

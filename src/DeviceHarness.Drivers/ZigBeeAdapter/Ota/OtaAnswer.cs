using System.Buffers.Binary;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What the server sends to one client, without its ZCL header.</summary>
/// <param name="Client">The client's EUI-64 as a number.</param>
/// <param name="Command">The command; null for the default response of ZCL.</param>
/// <param name="Payload">What follows the header; in a default response the client's command and the status.</param>
public readonly record struct OtaAnswer(ulong Client, OtaCommand? Command, ReadOnlyMemory<byte> Payload)
{
    internal const int BlockHeadOctets = 1 + OtaImageId.OctetCount + sizeof(uint) + 1;

    internal static OtaAnswer Default(ulong client, OtaCommand command, OtaStatus status) =>
        new(client, null, new byte[] { (byte)command, (byte)status });

    internal static OtaAnswer Status(ulong client, OtaCommand command, OtaStatus status) =>
        new(client, command, new byte[] { (byte)status });

    internal static OtaAnswer Offer(ulong client, OtaCommand command, OtaImageId image, int imageOctets)
    {
        byte[] payload = new byte[1 + OtaImageId.OctetCount + sizeof(uint)];
        image.Write(payload.AsSpan(1));
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1 + OtaImageId.OctetCount), (uint)imageOctets);
        return new(client, command, payload);
    }

    internal static OtaAnswer Block(ulong client, OtaImageId image, uint offset, ReadOnlySpan<byte> data)
    {
        byte[] payload = new byte[BlockHeadOctets + data.Length];
        image.Write(payload.AsSpan(1));
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1 + OtaImageId.OctetCount), offset);
        payload[BlockHeadOctets - 1] = (byte)data.Length;
        data.CopyTo(payload.AsSpan(BlockHeadOctets));
        return new(client, OtaCommand.ImageBlockResponse, payload);
    }

    internal static OtaAnswer Wait(ulong client, uint current, uint request, TimeSpan blockPeriod)
    {
        byte[] payload = new byte[1 + (2 * sizeof(uint)) + sizeof(ushort)];
        payload[0] = (byte)OtaStatus.WaitForData;
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(1), current);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(5), request);
        BinaryPrimitives.WriteUInt16LittleEndian(payload.AsSpan(9), (ushort)Math.Min(ushort.MaxValue, blockPeriod.TotalMilliseconds));
        return new(client, OtaCommand.ImageBlockResponse, payload);
    }

    internal static OtaAnswer End(ulong client, OtaImageId image, uint current, uint upgrade)
    {
        byte[] payload = new byte[OtaImageId.OctetCount + (2 * sizeof(uint))];
        image.Write(payload);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(OtaImageId.OctetCount), current);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(OtaImageId.OctetCount + sizeof(uint)), upgrade);
        return new(client, OtaCommand.UpgradeEndResponse, payload);
    }
}

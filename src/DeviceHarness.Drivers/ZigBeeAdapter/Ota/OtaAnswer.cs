using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>What the server sends to one client, without its ZCL header.</summary>
/// <param name="Client">The client's EUI-64 as a number.</param>
/// <param name="Command">The command; null for the default response of ZCL.</param>
/// <param name="Payload">What follows the header; in a default response the client's command and the status.</param>
public readonly record struct OtaAnswer(ulong Client, OtaCommand? Command, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The octets of a block response in front of its data.</summary>
    internal const int BlockHeadOctets = 14;

    internal static OtaAnswer Default(ulong client, OtaCommand command, ZclStatus status) =>
        new(client, null, GlobalCommands.Default((byte)command, status).ToOctets());

    internal static OtaAnswer Status(ulong client, OtaCommand command, ZclStatus status) =>
        Of(client, command, Create(command).Set("status", (byte)status));

    internal static OtaAnswer Offer(ulong client, OtaCommand command, OtaImageId image, int imageOctets) =>
        Of(client, command, Name(Succeed(command), image).Set("image_size", imageOctets));

    internal static OtaAnswer Block(ulong client, OtaImageId image, uint offset, ReadOnlySpan<byte> data) =>
        Of(client, OtaCommand.ImageBlockResponse, Name(Succeed(OtaCommand.ImageBlockResponse), image)
            .Set("file_offset", offset)
            .Set("data_size", data.Length)
            .Set("data", data));

    internal static OtaAnswer Wait(ulong client, uint current, uint request, TimeSpan blockPeriod) =>
        Of(client, OtaCommand.ImageBlockResponse, Create(OtaCommand.ImageBlockResponse)
            .Set("status", (byte)ZclStatus.WaitForData)
            .Set("current_time", current)
            .Set("request_time", request)
            .Set("minimum_block_period", (long)Math.Min(ushort.MaxValue, blockPeriod.TotalMilliseconds)));

    internal static OtaAnswer End(ulong client, OtaImageId image, uint current, uint upgrade) =>
        Of(client, OtaCommand.UpgradeEndResponse, Name(Create(OtaCommand.UpgradeEndResponse), image)
            .Set("current_time", current)
            .Set("upgrade_time", upgrade));

    internal static MessageContent Create(OtaCommand command) =>
        ClusterCatalogue.OtaUpgrade.Command(ZclSide.Server, (byte)command)!.Create();

    internal static MessageContent Name(MessageContent content, OtaImageId image) => content
        .Set("manufacturer_code", image.Manufacturer)
        .Set("image_type", image.ImageType)
        .Set("file_version", image.Version);

    private static MessageContent Succeed(OtaCommand command) => Create(command).Set("status", (byte)ZclStatus.Success);

    private static OtaAnswer Of(ulong client, OtaCommand command, MessageContent content) => new(client, command, content.ToOctets());
}

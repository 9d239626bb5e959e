using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ota;

/// <summary>Reads what clients send, by the layouts of the cluster library.</summary>
internal static class OtaRequests
{
    /// <summary>Reads a request; false when it is malformed, or has octets behind its last field.</summary>
    public static bool TryRead(OtaCommand command, ReadOnlySpan<byte> octets, [NotNullWhen(true)] out MessageContent? content)
    {
        content = null;
        return ClusterCatalogue.OtaUpgrade.Command(ZclSide.Client, (byte)command) is { } definition
            && definition.Layout.Read(octets, out content, out _) == OperationStatus.Done
            && content.Trailing.IsEmpty;
    }

    public static OtaImageId Image(MessageContent content, string version = "file_version") => new(
        (ushort)content.Number("manufacturer_code"), (ushort)content.Number("image_type"), (uint)content.Number(version));
}

/// <summary>Query next image, request.</summary>
internal readonly record struct OtaQuery(OtaImageId Current, ushort? Hardware)
{
    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaQuery query)
    {
        bool isRead = OtaRequests.TryRead(OtaCommand.QueryNextImageRequest, octets, out MessageContent? content);
        query = isRead
            ? new(
                OtaRequests.Image(content!, "current_file_version"),
                content!.Has("hardware_version") ? (ushort)content.Number("hardware_version") : null)
            : default;
        return isRead;
    }
}

/// <summary>Query specific file, request.</summary>
internal readonly record struct OtaFileQuery(ulong Device, OtaImageId Image)
{
    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaFileQuery query)
    {
        bool isRead = OtaRequests.TryRead(OtaCommand.QuerySpecificFileRequest, octets, out MessageContent? content);
        query = isRead ? new(content!.Number("request_node_address"), OtaRequests.Image(content)) : default;
        return isRead;
    }
}

/// <summary>Image block and image page, request: a block is a page of itself.</summary>
/// <param name="Image">The image.</param>
/// <param name="Offset">The first octet asked for.</param>
/// <param name="MaximumOctets">The most octets in one answer.</param>
/// <param name="PageOctets">How many octets in all.</param>
/// <param name="Spacing">From one answer of a page to the next.</param>
/// <param name="BlockPeriod">The least time between two requests that the client keeps; null when it does not say.</param>
internal readonly record struct OtaDataRequest(
    OtaImageId Image, uint Offset, byte MaximumOctets, ushort PageOctets, TimeSpan Spacing, TimeSpan? BlockPeriod)
{
    public static bool TryRead(OtaCommand command, ReadOnlySpan<byte> octets, out OtaDataRequest request)
    {
        request = default;
        if (!OtaRequests.TryRead(command, octets, out MessageContent? content))
        {
            return false;
        }

        byte maximum = (byte)content.Number("max_data_size");
        request = command == OtaCommand.ImagePageRequest
            ? new(
                OtaRequests.Image(content),
                (uint)content.Number("file_offset"),
                maximum,
                (ushort)content.Number("page_size"),
                TimeSpan.FromMilliseconds(content.Number("response_spacing_ms")),
                null)
            : new(
                OtaRequests.Image(content),
                (uint)content.Number("file_offset"),
                maximum,
                maximum,
                default,
                content.Has("block_request_delay") ? TimeSpan.FromMilliseconds(content.Number("block_request_delay")) : null);
        return maximum > 0 && request.PageOctets > 0;
    }
}

/// <summary>Upgrade end, request.</summary>
internal readonly record struct OtaEndRequest(ZclStatus Status, OtaImageId Image)
{
    public static bool TryRead(ReadOnlySpan<byte> octets, out OtaEndRequest request)
    {
        bool isRead = OtaRequests.TryRead(OtaCommand.UpgradeEndRequest, octets, out MessageContent? content);
        request = isRead ? new((ZclStatus)content!.Number("status"), OtaRequests.Image(content)) : default;
        return isRead;
    }
}

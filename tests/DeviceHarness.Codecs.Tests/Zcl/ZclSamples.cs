using System.Buffers;
using System.Text.Json;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.Tests.Zcl;

/// <summary>What the tests of ZCL frames share.</summary>
internal static class ZclSamples
{
    /// <summary>The layout of a frame's payload; null when it is not known.</summary>
    public static MessageLayout? LayoutOf(int cluster, in ZclHeader header) =>
        ClusterCatalogue.Find((ushort)cluster, header)?.Layout;

    public static string HeaderText(in ZclHeader header) =>
        $"{header.Type} {header.From} {header.DisableDefaultResponse} {header.ManufacturerCode ?? 0} {header.Sequence} {header.Command}";

    public static string HeaderText(JsonElement fields)
    {
        ZclFrameType type = fields.Text("frame_type") == "global" ? ZclFrameType.Global : ZclFrameType.Cluster;
        ZclSide from = fields.Text("direction") == "server_to_client" ? ZclSide.Server : ZclSide.Client;
        int manufacturer = fields.Has("manufacturer_code") ? fields.Number("manufacturer_code") : 0;
        return $"{type} {from} {fields.GetProperty("disable_default_response").GetBoolean()} {manufacturer} {fields.Number("sequence")} "
            + $"{fields.Number("command")}";
    }

    /// <summary>
    /// What is wrong with the answer to any octets; null when nothing is. What is read whole must encode to the same octets.
    /// </summary>
    public static string? Verify(int cluster, ReadOnlySpan<byte> octets)
    {
        OperationStatus status = ZclFrame.Read(octets, out ZclFrame frame, out CodecFault fault);
        if (octets.Length > 0 && AnswerShape.Broken(octets, status, status == OperationStatus.Done ? 1 : 0, fault) is { } broken)
        {
            return broken;
        }

        if (status != OperationStatus.Done || LayoutOf(cluster, frame.Header) is not { } layout)
        {
            return null;
        }

        OperationStatus read = layout.Read(frame.Payload, out MessageContent content, out fault);
        if (read != OperationStatus.Done)
        {
            return AnswerShape.Broken(frame.Payload, read, 0, fault);
        }

        byte[] again = content.ToOctets();
        return fault == CodecFault.None && frame.Payload.SequenceEqual(again)
            ? null
            : $"{Convert.ToHexString(frame.Payload)} became {Convert.ToHexString(again)}";
    }
}

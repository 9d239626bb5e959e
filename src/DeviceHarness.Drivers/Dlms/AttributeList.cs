using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Reads several attributes in as few requests as fit, where that was agreed on.</summary>
/// <remarks>Spec: IEC 62056-5-3, GET with list, as this harness's DLMS guide sums it up. A device that agrees on lists and then refuses one
/// is not asked for another; its attributes are read one by one.</remarks>
public sealed class AttributeList(DlmsClient client)
{
    private const int ItemOctets = 10;
    private const int MaximumCount = 64;

    private bool _isRefused;

    /// <summary>Whether lists may be asked for in the open association.</summary>
    public bool IsAgreed => !_isRefused && (client.Association.Conformance & Conformance.MultipleReferences) != 0;

    /// <summary>Reads attributes; one that the device refuses is left out, so that reading it alone tells why.</summary>
    /// <param name="attributes">The attributes, each once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The encoded values by attribute; empty when lists are not agreed on, or the device refuses them.</returns>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async ValueTask<IReadOnlyDictionary<CosemAttributeDescriptor, byte[]>> ReadAsync(
        IReadOnlyCollection<CosemAttributeDescriptor> attributes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Dictionary<CosemAttributeDescriptor, byte[]> values = [];
        if (!IsAgreed)
        {
            return values;
        }

        try
        {
            int most = Math.Clamp(client.MaximumListOctets / ItemOctets, 1, MaximumCount);
            foreach (CosemAttributeDescriptor[] part in attributes.Chunk(most))
            {
                ReadOnlyMemory<byte> results =
                    await client.GetListAsync(part.Length, Encode(part), cancellationToken).ConfigureAwait(false);
                Take(part, results, values);
            }
        }
        catch (DeviceRefusedException)
        {
            // It agreed, and does not do it after all: what is missing is read one by one, and tells then why it cannot be.
            _isRefused = true;
        }

        return values;
    }

    private static byte[] Encode(CosemAttributeDescriptor[] attributes)
    {
        byte[] octets = new byte[attributes.Length * ItemOctets];
        AxdrWriter writer = new(octets);
        foreach (CosemAttributeDescriptor attribute in attributes)
        {
            attribute.Write(ref writer);
            default(SelectiveAccess).Write(ref writer);
        }

        return writer.Complete(out int written) == OperationStatus.Done && written == octets.Length
            ? octets
            : throw new UnreachableException("a descriptor without a selection has ten octets");
    }

    private static void Take(
        CosemAttributeDescriptor[] attributes, ReadOnlyMemory<byte> results, Dictionary<CosemAttributeDescriptor, byte[]> values)
    {
        AxdrReader reader = new(results.Span);
        if (!reader.TryReadCount(1, out int count) || count != attributes.Length)
        {
            throw DlmsFaults.Unexpected(results, "GET with list", $"{count} results where {attributes.Length} were expected");
        }

        foreach (CosemAttributeDescriptor attribute in attributes)
        {
            if (!GetDataResult.TryRead(ref reader, out GetDataResult result))
            {
                throw DlmsFaults.Malformed(results, reader.Fault, $"GET with list, {attribute}");
            }

            if (result.HasData)
            {
                values[attribute] = result.Data.ToArray();
            }
        }
    }
}

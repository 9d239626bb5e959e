namespace DeviceHarness.Codecs.Axdr;

/// <summary>The type description of a compact array: what its untagged contents are.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, TypeDescription.
/// <code>
/// 01 count 2 description      array of so many
/// 02 count { description }    structure
/// tag                         every other type but compact-array
/// </code>
/// </remarks>
internal sealed class DlmsTypeDescription
{
    private DlmsTypeDescription(DlmsDataType type, int itemCount, DlmsTypeDescription[] items)
    {
        Type = type;
        ItemCount = itemCount;
        Items = items;
    }

    /// <summary>The type.</summary>
    public DlmsDataType Type { get; }

    /// <summary>Items of an array or structure; otherwise 0.</summary>
    public int ItemCount { get; }

    /// <summary>Of a structure each item's description, of an array the one of all its items.</summary>
    public IReadOnlyList<DlmsTypeDescription> Items { get; }

    /// <summary>Reads a description that <see cref="AxdrReader"/> has walked before, so that its depth is bounded.</summary>
    public static bool TryRead(scoped ref AxdrReader reader, out DlmsTypeDescription? description)
    {
        description = null;
        if (!reader.TryReadOctet(out byte tag))
        {
            return false;
        }

        switch ((DlmsDataType)tag)
        {
            case DlmsDataType.Array:
                if (!reader.TryReadUInt16(out ushort length) || !TryRead(ref reader, out DlmsTypeDescription? of) || of is null)
                {
                    return false;
                }

                description = new(DlmsDataType.Array, length, [of]);
                return true;
            case DlmsDataType.Structure:
                if (!reader.TryReadCount(1, out int count))
                {
                    return false;
                }

                DlmsTypeDescription[] items = new DlmsTypeDescription[count];
                for (int index = 0; index < count; index++)
                {
                    if (!TryRead(ref reader, out DlmsTypeDescription? item) || item is null)
                    {
                        return false;
                    }

                    items[index] = item;
                }

                description = new(DlmsDataType.Structure, count, items);
                return true;
            default:
                description = new((DlmsDataType)tag, 0, []);
                return true;
        }
    }
}

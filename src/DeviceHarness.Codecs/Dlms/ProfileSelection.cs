using System.Buffers;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The server's reading of a selection of a profile's buffer: by range, by entry, or why it is refused.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, class 7 selective access. A selector that the class does not have is scope-of-access-violated, parameters of
/// another shape are type-unmatched; what the profile itself does not have is its own matter.
/// </remarks>
public readonly ref struct ProfileSelection
{
    private ProfileSelection(DataAccessResult refusal, CodecFault fault)
    {
        Refusal = refusal;
        Fault = fault;
    }

    private ProfileSelection(RangeDescriptor range)
    {
        IsRange = true;
        Range = range;
    }

    private ProfileSelection(EntryDescriptor entries)
    {
        IsEntry = true;
        Entries = entries;
    }

    /// <summary>True for a selection by range.</summary>
    public bool IsRange { get; }

    /// <summary>True for a selection by entry.</summary>
    public bool IsEntry { get; }

    /// <summary>The range, when it is one.</summary>
    public RangeDescriptor Range { get; }

    /// <summary>The entries, when they are selected.</summary>
    public EntryDescriptor Entries { get; }

    /// <summary>What to answer when it is refused; <see cref="DataAccessResult.Success"/> when it is not.</summary>
    public DataAccessResult Refusal { get; }

    /// <summary>Where the parameters are of another shape.</summary>
    public CodecFault Fault { get; }

    /// <summary>Reads a selection. Without one, everything is selected: neither range nor entry, and no refusal.</summary>
    /// <param name="selection">What a request carries.</param>
    public static ProfileSelection Read(in SelectiveAccess selection)
    {
        if (!selection.IsPresent)
        {
            return default;
        }

        CodecFault fault;
        int consumed;
        switch (selection.Selector)
        {
            case RangeDescriptor.Selector:
                return RangeDescriptor.Decode(selection.Parameters, out RangeDescriptor range, out consumed, out fault)
                    == OperationStatus.Done && consumed == selection.Parameters.Length ? new(range) : Unmatched(fault);
            case EntryDescriptor.Selector:
                return EntryDescriptor.Decode(selection.Parameters, out EntryDescriptor entries, out consumed, out fault)
                    == OperationStatus.Done && consumed == selection.Parameters.Length ? new(entries) : Unmatched(fault);
            default:
                return new(DataAccessResult.ScopeOfAccessViolated, CodecFault.None);
        }
    }

    private static ProfileSelection Unmatched(CodecFault fault) => new(DataAccessResult.TypeUnmatched, fault);
}

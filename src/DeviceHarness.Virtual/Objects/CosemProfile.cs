using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Class 7, Profile generic: rows that begin with the time of their capture, read whole, by range or by entry.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 7 version 1: 2 buffer, 3 capture objects, 4 capture period (s), 5 sort method, 6 sort object,
/// 7 entries in use, 8 entries. A selection that holds no row is an empty array; with the defect empty-range-error it is an
/// error.</remarks>
/// <typeparam name="TDevice">The inside of the device that has the log.</typeparam>
internal abstract class CosemProfile<TDevice>(
    ObisCode logicalName, TDevice meter, uint capacity, IReadOnlyList<ProfileColumn> values, ClientAccess? reset,
    ClientAccess? periodWrite = null)
    : CosemObject(
        7,
        1,
        logicalName,
        [
            .. Enumerable.Range(2, 7).Select(id => new CosemAttributeRights(
                id, ClientAccess.Management, id == PeriodAttribute ? periodWrite : null)),
        ],
        [new CosemMethodRights(ResetMethod, reset), new CosemMethodRights(2, null)])
    where TDevice : IObjectHost
{
    private const int ResetMethod = 1;
    private const int PeriodAttribute = 4;
    private const byte FirstInFirstOut = 1;

    private readonly ProfileColumn[] _columns = [ProfileColumn.Clock, .. values];

    /// <summary>The inside of the device.</summary>
    protected TDevice Meter => meter;

    /// <summary>The capture period, in seconds; 0 for rows that come with events.</summary>
    protected abstract uint CapturePeriodSeconds { get; }

    /// <summary>How many rows there are.</summary>
    protected abstract int RowCount { get; }

    /// <summary>When a row was captured by the meter's clock, and whether it trusted that.</summary>
    protected abstract (DateTimeOffset Stamp, bool IsValid) StampOf(int row);

    /// <summary>Encodes what was captured in a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 1: 0 is the clock's.</param>
    /// <param name="writer">Takes the encoded value.</param>
    protected abstract void EncodeCaptured(int row, int column, ref AxdrWriter writer);

    /// <summary>Clears the rows.</summary>
    protected virtual void Clear() => throw Unknown(ResetMethod);

    /// <inheritdoc/>
    protected sealed override void Encode(int attribute, ref AxdrWriter writer)
    {
        meter.Settle();
        switch (attribute)
        {
            case 2:
                RowSelection all = RowSelection.All(_columns.Length);
                EncodeRows(SelectRows(all), all.Columns, ref writer);
                break;
            case 3:
                writer.WriteArray(_columns.Length);
                foreach (ProfileColumn column in _columns)
                {
                    column.Write(ref writer);
                }

                break;
            case PeriodAttribute:
                writer.WriteDoubleLongUnsigned(CapturePeriodSeconds);
                break;
            case 5:
                writer.WriteEnum(FirstInFirstOut);
                break;
            case 6:
                ProfileColumn.Clock.Write(ref writer);
                break;
            case 7:
                writer.WriteDoubleLongUnsigned((uint)RowCount);
                break;
            case 8:
                writer.WriteDoubleLongUnsigned(capacity);
                break;
            default:
                throw Unknown(attribute);
        }
    }

    /// <inheritdoc/>
    protected sealed override DataAccessResult EncodeSelected(int attribute, in SelectiveAccess selection, ref AxdrWriter writer)
    {
        if (attribute != 2)
        {
            return base.EncodeSelected(attribute, selection, ref writer);
        }

        meter.Settle();
        DataAccessResult result = RowSelection.TryRead(selection, _columns, out RowSelection selected);
        if (result != DataAccessResult.Success)
        {
            return result;
        }

        List<int> rows = SelectRows(selected);
        if (rows.Count == 0 && meter.Has(EsmeDefects.EmptyRangeError))
        {
            return DataAccessResult.DataBlockUnavailable;
        }

        EncodeRows(rows, selected.Columns, ref writer);
        return DataAccessResult.Success;
    }

    /// <inheritdoc/>
    protected sealed override ActionResult Perform(int method, ReadOnlySpan<byte> parameters)
    {
        if (!ActionParameters.IsIntegerZero(parameters))
        {
            return ActionResult.TypeUnmatched;
        }

        Clear();
        return ActionResult.Success;
    }

    private List<int> SelectRows(RowSelection selection)
    {
        List<int> rows = [];
        for (int row = 0; row < RowCount; row++)
        {
            (DateTimeOffset stamp, _) = StampOf(row);
            if (stamp >= selection.From && stamp <= selection.To && row + 1 >= selection.FirstEntry && row + 1 <= selection.LastEntry)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private void EncodeRows(List<int> rows, IReadOnlyList<int> columns, ref AxdrWriter writer)
    {
        writer.WriteArray(rows.Count);
        foreach (int row in rows)
        {
            writer.WriteStructure(columns.Count);
            foreach (int column in columns)
            {
                if (column > 0)
                {
                    EncodeCaptured(row, column, ref writer);
                    continue;
                }

                (DateTimeOffset stamp, bool isValid) = StampOf(row);
                writer.WriteOctetString(ClockOctets.Write(stamp, isValid ? (byte)0 : ClockOctets.InvalidStatus));
            }
        }
    }
}

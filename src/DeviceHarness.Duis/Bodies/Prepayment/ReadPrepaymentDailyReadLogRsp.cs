using System.Globalization;

namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The answer to SRV 4.14. Compares by content.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadPrepaymentDailyReadLogRsp.</remarks>
public sealed record ReadPrepaymentDailyReadLogRsp : SrvResponseBody
{
    /// <summary>The most entries of an answer.</summary>
    public const int MaxEntries = 31;

    /// <summary>The days of an electricity meter, in the device's order; empty when the log has none for the period.</summary>
    public IReadOnlyList<PrepaymentDailyEntry> Entries { get; init; } = [];

    /// <inheritdoc/>
    public override string ElementName => "ReadPrepaymentDailyReadLogRsp";

    /// <inheritdoc/>
    /// <remarks><c>LogEntry.Count</c> is the number of entries; <c>LogEntry[1].MeterBalance</c> is one of the first.</remarks>
    public override IReadOnlyDictionary<string, string> Values
    {
        get
        {
            BodyValues values = BodyValues.Of(this).Add("LogEntry.Count", Entries.Count);
            for (int index = 0; index < Entries.Count; index++)
            {
                string path = string.Create(CultureInfo.InvariantCulture, $"LogEntry[{index + 1}]");
                PrepaymentDailyEntry entry = Entries[index];
                values.Add($"{path}.Timestamp", entry.Timestamp)
                    .Add($"{path}.AccumulatedDebtRegister", entry.AccumulatedDebtRegister)
                    .Add($"{path}.EmergencyCreditBalance", entry.EmergencyCreditBalance)
                    .Add($"{path}.MeterBalance", entry.MeterBalance)
                    .Add($"{path}.PaymentDebtRegister", entry.PaymentDebtRegister)
                    .Add($"{path}.TimeDebtRegisters1", entry.TimeDebtRegisters1)
                    .Add($"{path}.TimeDebtRegisters2", entry.TimeDebtRegisters2);
            }

            return values.Entries;
        }
    }

    /// <inheritdoc/>
    public bool Equals(ReadPrepaymentDailyReadLogRsp? other) =>
        other is not null && MessageSuccess == other.MessageSuccess && Entries.SequenceEqual(other.Entries);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MessageSuccess, Entries.Count);
}

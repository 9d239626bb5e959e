namespace DeviceHarness.Packs.Model;

/// <summary>The row of data that a case was made for, where a pack writes one case for each of several.</summary>
/// <param name="CaseId">The id that the pack writes; the case's own is that with a hyphen and <paramref name="Id"/>.</param>
/// <param name="Variable">The name of the row, such as <c>day</c>.</param>
/// <param name="Id">The row's id: letters, digits and hyphens.</param>
/// <param name="Values">Its values by the name that the case uses, such as <c>day</c> or <c>day.from</c>.</param>
public sealed record CaseRow(string CaseId, string Variable, string Id, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The row in words, such as <c>LOG-04, day.from = 2026-01-05</c>.</summary>
    public override string ToString() => $"{CaseId}, {string.Join(", ", Values.Select(value => $"{value.Key} = {value.Value}"))}";
}

using System.Collections.Frozen;

namespace DeviceHarness.Virtual.Power;

/// <summary>The names of the defects of a relay board, as command lines write them.</summary>
public static class RelayBoardDefectNames
{
    private const RelayBoardDefects OfAnswers = RelayBoardDefects.Silent | RelayBoardDefects.BadCrc;

    /// <summary>Each defect by its name.</summary>
    public static IReadOnlyDictionary<string, RelayBoardDefects> All { get; } =
        new Dictionary<string, RelayBoardDefects>(StringComparer.Ordinal)
        {
            ["bad-crc"] = RelayBoardDefects.BadCrc,
            ["forgets"] = RelayBoardDefects.Forgets,
            ["silent"] = RelayBoardDefects.Silent,
            ["stuck"] = RelayBoardDefects.Stuck,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names of those that a board can have, in order: one that never answers has no defect in its answers.</summary>
    /// <param name="protocol">What the board understands.</param>
    public static IReadOnlyList<string> Of(RelayBoardProtocol protocol) =>
    [
        .. All.Where(defect => protocol == RelayBoardProtocol.Modbus || (defect.Value & OfAnswers) == 0).Select(defect => defect.Key)
            .Order(StringComparer.Ordinal),
    ];
}

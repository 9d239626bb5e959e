using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>What a script of a meter does to an auxiliary load.</summary>
/// <param name="Load">The load, 1 to 5.</param>
/// <param name="IsOn">Whether it switches it on; else off.</param>
public readonly record struct LoadScript(int Load, bool IsOn);

/// <summary>Where one value of an answer is.</summary>
/// <param name="Attribute">The attribute that holds it, or the column of a log.</param>
/// <param name="Unit">The unit's number in the standard that the device must give, such as 30 Wh; null for a number as it is.</param>
/// <param name="Part">Which part of a structure or array, from 1, level by level; empty for the whole value.</param>
/// <param name="SelectsEntries">Of a log: whether its rows are chosen by their numbers, since the model knows no periods.</param>
/// <param name="Scripts">Of the schedule of auxiliary loads: what each script does to which load; null for anything else.</param>
public sealed record ReadObject(
    CosemAttributeDescriptor Attribute, byte? Unit = null, IReadOnlyList<int>? Part = null, bool SelectsEntries = false,
    IReadOnlyDictionary<long, LoadScript>? Scripts = null)
{
    /// <summary>The attribute that holds scaler and unit of a register.</summary>
    public const int ScalerUnitAttribute = 3;

    /// <summary>Whether objects of a class have scaler and unit: registers and extended registers.</summary>
    /// <param name="classId">The class.</param>
    public static bool HasScalerUnit(ushort classId) => classId is 3 or 4;
}

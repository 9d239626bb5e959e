namespace DeviceHarness.Codecs.Dlms;

/// <summary>The forms of a SET response.</summary>
/// <remarks>Spec: IEC 62056-5-3, Set-Response.</remarks>
public enum SetResponseChoice : byte
{
    /// <summary>The result.</summary>
    Normal = 1,

    /// <summary>A block was taken; the next may come.</summary>
    Datablock = 2,

    /// <summary>The last block was taken, with the result.</summary>
    LastDatablock = 3,

    /// <summary>The last block was taken, with the results of a list.</summary>
    LastDatablockWithList = 4,

    /// <summary>The results of a list.</summary>
    WithList = 5,
}

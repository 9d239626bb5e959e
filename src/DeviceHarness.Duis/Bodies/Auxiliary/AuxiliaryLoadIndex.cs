namespace DeviceHarness.Duis.Bodies.Auxiliary;

/// <summary>The numbers of auxiliary loads.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, range_1_5.</remarks>
public static class AuxiliaryLoadIndex
{
    /// <summary>How many loads a meter has at most.</summary>
    public const int Last = 5;
}

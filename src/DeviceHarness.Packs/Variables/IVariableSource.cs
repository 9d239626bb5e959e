namespace DeviceHarness.Packs.Variables;

/// <summary>Knows what <c>${…}</c> stands for.</summary>
public interface IVariableSource
{
    /// <summary>Finds the value of a reference.</summary>
    /// <returns>The value, or null when nothing of that name has one.</returns>
    string? Find(VariableReference reference);
}

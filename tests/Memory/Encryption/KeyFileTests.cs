using System.Text.Json;
using PersonalAi.Memory;
using PersonalAi.Memory.Encryption;
using Xunit;

namespace PersonalAi.Tests.Memory.Encryption;

public sealed class KeyFileTests
{
    [Fact]
    public void A_passphrase_gives_the_same_key_again_however_its_letters_are_composed()
    {
        Assert.SkipUnless(KeyFile.CanStretchPassphrases, "libsodium is not here.");
        var key = KeyFile.FromPassphrase("caf\u00e9 au lait");

        var again = key.File.Open("cafe\u0301 au lait");

        Assert.Equal(key.Derive("database"), again.Derive("database"));
        Assert.Equal((KeySource.Passphrase, 65536, 2), (key.File.Source, key.File.MemoryKib, key.File.Passes));
    }

    [Fact]
    public void Another_passphrase_is_refused_and_an_empty_one_is_none()
    {
        Assert.SkipUnless(KeyFile.CanStretchPassphrases, "libsodium is not here.");
        var key = KeyFile.FromPassphrase("correct horse");

        var wrong = Assert.Throws<MemoryException>(() => key.File.Open("battery staple"));
        var empty = Assert.Throws<MemoryException>(() => KeyFile.FromPassphrase(""));

        Assert.Equal((MemoryError.WrongKey, "That is not the passphrase of this memory; nothing was opened or changed."), (wrong.Error, wrong.Message));
        Assert.Equal((MemoryError.Invalid, "An empty passphrase protects nothing; give one of several words."), (empty.Error, empty.Message));
    }

    // Computed once with libsodium 1.0.18: what was encrypted today must open with every later one.
    [Fact]
    public void The_key_of_a_passphrase_stays_the_same_for_ever()
    {
        Assert.SkipUnless(KeyFile.CanStretchPassphrases, "libsodium is not here.");

        var key = Argon2id.Derive("password"u8, "somesalt\0\0\0\0\0\0\0\0"u8, Argon2id.UsualMemoryKiB, Argon2id.UsualPasses);

        Assert.Equal("b327fc4f307da6f3081ad161bd10131d6d675f8de23fe14b69a4d79eaa7232b6", Convert.ToHexStringLower(key));
    }

    [Fact]
    public void Keys_for_different_purposes_have_nothing_in_common()
    {
        var key = KeyFile.FromSecret(TwoSecrets.First);

        byte[][] keys = [key.Derive("database"), key.Derive("kv snapshots"), key.Derive("check"), TwoSecrets.First];

        Assert.Equal(4, keys.Select(Convert.ToHexStringLower).Distinct().Count());
    }

    [Fact]
    public void The_file_holds_no_secret()
    {
        var key = KeyFile.FromSecret(TwoSecrets.First);

        var text = JsonSerializer.Serialize(key.File);

        Assert.DoesNotContain(Convert.ToHexStringLower(TwoSecrets.First), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToHexStringLower(key.Derive("database")), text, StringComparison.OrdinalIgnoreCase);
    }
}

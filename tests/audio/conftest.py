from virtual_microphone import sound_server, speak, virtual_microphone

__all__ = ["sound_server", "speak", "virtual_microphone"]
